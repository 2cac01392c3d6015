// Elements with attributes and children; texts become text nodes.
const SVG = 'http://www.w3.org/2000/svg'

export function element(name, attributes, ...children) {
  const made = name.startsWith('svg:') ? document.createElementNS(SVG, name.slice(4)) : document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children.filter((child) => child !== null && child !== undefined))
  return made
}
