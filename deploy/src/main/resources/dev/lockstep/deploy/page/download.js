// A file for the reader, from what the page has.
import {el} from "./dom.js";

export function save(name, address) {
  const link = el("a", {href: address, download: name});
  document.body.append(link);
  link.click();
  link.remove();
}

export async function savePicture(name, picture) {
  const address = URL.createObjectURL(await picture);
  save(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
