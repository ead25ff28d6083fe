// The frames between start and stop. An interval is from frame to frame; a long frame is what the browser calls one:
// its scripts, style, layout and painting took over 50 ms.
window.frameMeter = (() => {
  let intervals = [];
  let long = [];
  let stopped = () => {};
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));

  const blame = ({ duration, scripts }) => {
    const worst = [...scripts].sort((one, other) => other.duration - one.duration)[0];
    if (!worst) return `${Math.round(duration)} ms: no script`;
    const { invoker, sourceURL, sourceFunctionName, duration: taken, forcedStyleAndLayoutDuration: layout } = worst;
    return `${Math.round(duration)} ms: ${invoker} ${sourceURL.split('/').at(-1)} ${sourceFunctionName} `
      + `${Math.round(taken)} ms, forced layout ${Math.round(layout)} ms`;
  };

  return {
    start() {
      [intervals, long] = [[], []];
      let isRunning = true;
      stopped = () => { isRunning = false; };
      observer.observe({ type: 'long-animation-frame' });
      let last;
      const frame = (now) => {
        if (!isRunning) return;
        if (last !== undefined) intervals.push(now - last);
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },

    stop() {
      stopped();
      long.push(...observer.takeRecords());
      observer.disconnect();
      long.sort((one, other) => other.duration - one.duration);
      return { intervals, long: long.map(({ duration }) => duration), blame: long.slice(0, 5).map(blame) };
    },
  };
})();
