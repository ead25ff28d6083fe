// How long keys take, from when the browser got them until the page is painted after them.
window.keyMeter = (() => {
  let delays = [];
  let events = [];
  addEventListener('keydown', ({ timeStamp }) => {
    afterPaint(() => delays.push(performance.now() - timeStamp));
  }, { capture: true });
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === 'keydown') events.push(duration);
  }).observe({ type: 'event', durationThreshold: 16 });

  return {
    start() { [delays, events] = [[], []]; },
    // `events` has only what took 16 ms or longer, to 8 ms.
    stop() { return { delays, events }; },
  };
})();
