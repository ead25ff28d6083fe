// When the page takes input: the name's field has the focus and is painted, and the thread is free to take a key.
window.interactive = new Promise((resolve) => {
  const isReady = () => {
    const field = document.activeElement;
    return field?.matches('welcome-view input') && !field.disabled;
  };
  const settle = () => {
    if (isReady()) resolve(performance.now());
    else afterPaint(settle);
  };
  const watch = new MutationObserver(() => {
    if (!document.querySelector('welcome-view input')) return;
    watch.disconnect();
    afterPaint(settle);
  });
  watch.observe(document, { childList: true, subtree: true });
});

// Sizes are without headers. The page needs its scripts and its style sheet to begin; the icons may come later.
window.firstLoad = async () => {
  const at = await window.interactive;
  const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const needed = loaded.filter(({ entryType, name }) => entryType === 'navigation' || /\.(js|css)$/.test(name));
  return {
    bytes: loaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    requests: loaded.length,
    lastByteAt: Math.max(...needed.map(({ responseEnd }) => responseEnd)),
    interactiveAt: at,
  };
};
