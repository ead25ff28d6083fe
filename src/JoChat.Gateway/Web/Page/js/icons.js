// The page's icons: strokes on a grid of 24, in the colour of the text.

const SVG = 'http://www.w3.org/2000/svg';

const paths = {
  back: 'M19 12H5m6-7-7 7 7 7',
  people: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5 12 5 5',
  account: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.500-6 8-6s8 2 8 6',
  help: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .600-1.500 1.200-1.500 2.400M12 17.800v.200M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  send: 'M4 12 3 4l18 8-18 8 1-8zm0 0h8',
  close: 'm6 6 12 12M18 6 6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  remove: 'M4 7h16M9 7V4h6v3m3 0-1 13H7L6 7m4 4v5m4-5v5',
  down: 'M12 5v14m-7-7 7 7 7-7',
  waiting: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 4v4l3 2',
  stored: 'm5 13 4.500 4.500L19 7',
  delivered: 'm2 13 4.500 4.500L15 8m-3.500 8.500 1 1L22 8',
  read: 'm2 13 4.500 4.500L15 8m-3.500 8.500 1 1L22 8',
  failed: 'M12 4 2.500 20h19zM12 10v5m0 2.500v.200',
};

/** @typedef {keyof typeof paths} IconName */

/** An icon says nothing by itself: words stand beside it. @param {IconName} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
