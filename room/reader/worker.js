// Runs Python beside the page. All it needs came with the page: a request to anywhere else fails.
"use strict";
const held = new Map();
const kinds = {wasm: "application/wasm", json: "application/json", zip: "application/zip"};

self.fetch = async (address) => {
  const name = String(address.url || address).split("/").pop();
  if (!held.has(name)) return new Response("", {status: 404});
  return new Response(held.get(name), {headers: {"Content-Type": kinds[name.split(".").pop()]}});
};

let python;

async function start(files) {
  for (const [name, content] of Object.entries(files)) held.set(name, content);
  const pyodide = await loadPyodide({indexURL: "held:/", packages: []});
  self.postMessage({progress: 0.6});
  const site = pyodide.runPython("import site; site.getsitepackages()[0]");
  pyodide.unpackArchive(held.get("packages.zip"), "zip", {extractDir: site});
  held.clear();
  self.postMessage({progress: 0.75});
  pyodide.runPython("import importlib; importlib.invalidate_caches(); import pandas");
  self.postMessage({progress: 0.9});
  python = pyodide.pyimport("lawreport_reader");
  python.warm_up();
  self.postMessage({ready: true});
}

function read({name, data, earlier, language}) {
  const before = earlier || {name: "", data: new ArrayBuffer(0)};
  const answer = python.read(
    name, new Uint8Array(data), before.name, new Uint8Array(before.data), language);
  const said = answer.toJs({dict_converter: Object.fromEntries});
  answer.destroy();
  self.postMessage({answer: said});
}

self.onmessage = async ({data}) => {
  try {
    if (data.files) await start(data.files);
    else read(data);
  } catch (error) {
    self.postMessage({failure: String(error)});
  }
};
