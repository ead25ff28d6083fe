// Scrolls the open conversation a step a frame, as a wheel that does not stop, until an end or the time is reached.
// `last` is the id of the message at that end.
window.scrolling = async ({ step, milliseconds, last }) => {
  const scroller = document.querySelector('message-list .scroller');
  const letters = document.getElementsByClassName('message');
  const all = document.getElementsByTagName('*');
  const idOf = (letter) => Number(letter?.dataset.id ?? 0);
  const frame = () => new Promise(requestAnimationFrame);

  const first = idOf(letters[0]);
  const until = performance.now() + milliseconds;
  let [frames, still, most, isAtEnd] = [0, 0, 0, false];
  frameMeter.start();
  while (performance.now() < until && !isAtEnd) {
    await frame();
    const before = scroller.scrollTop;
    scroller.scrollTop += step;
    frames++;
    if (scroller.scrollTop === before) {
      still++;
      isAtEnd = idOf(step < 0 ? letters[0] : letters[letters.length - 1]) === last;
    }
    if (frames % 30 === 0) most = Math.max(most, all.length);
  }
  return { ...frameMeter.stop(), still, elements: most, passed: Math.abs(first - idOf(letters[0])) };
};
