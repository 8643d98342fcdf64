// The page of the reader: loads Python from the folder beside it, hands files to it, shows answers.
"use strict";
const parts = PART_NAMES; // script files that hold the rest, in base64, with their sizes
const element = (id) => document.getElementById(id);
const words = {
  zh: {
    loading: "正在准备（只在打开网页时需要）……", ready: "可以打开报告了。",
    queued: "准备好就读取{0}……", reading: "正在读取{0}……", done: "{0}秒读完。",
    failed: "读不了这份文件", broken: "这个阅读器启动不了：请把整个文件夹解压后再打开，或者换新版的 Chrome、Edge、Firefox。",
    page: "标注", workbook: "台账", frame: "标注的报告", earlier: "与{0}比较。",
  },
  en: {
    loading: "Getting ready (only when the page opens) …", ready: "Ready for a report.",
    queued: "{0} is read as soon as all is ready …", reading: "Reading {0} …", done: "Read in {0} s.",
    failed: "This file can't be read", broken: "The reader can't start: unpack the whole folder and open it again, or use a recent Chrome, Edge or Firefox.",
    page: "marked", workbook: "tables", frame: "The marked report", earlier: "Compared with {0}.",
  },
};
let language = (navigator.language || "zh").startsWith("zh") ? "zh" : "en";
let worker = null, ready = false, busy = false, current = null, earlier = null, answer = null;
let told = ["loading"], answers = 0;

function speak() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-zh]")) node.textContent = node.dataset[language];
  for (const node of document.querySelectorAll("[data-language]"))
    node.setAttribute("aria-pressed", String(node.dataset.language === language));
  element("page").title = words[language].frame;
  document.title = document.querySelector("h1").textContent;
  tell(...told);
}

function tell(what, ...values) {
  told = [what, ...values];
  document.body.dataset.state = what;
  const text = words[language][what].replace("{0}", values[0] ?? "");
  document.querySelector("#status span").textContent = text;
}

function advance(share) {
  const bar = document.querySelector("#status progress");
  bar.hidden = share >= 1;
  bar.value = share;
}

function fail(text, heading = words[language].failed) {
  const box = element("problem");
  box.hidden = false;
  box.textContent = heading + (language === "zh" ? "：" : ": ") + text;
}

const LOADED = {};
self.part = (name, content) => { LOADED[name] = content; };

function script(source) {
  return new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    Object.assign(tag, {src: source, onload: resolve, onerror: () => reject(new Error(source))});
    document.head.append(tag);
  });
}

async function bytes(name) {
  const text = atob(LOADED[name]);
  delete LOADED[name];
  const raw = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  if (!name.endsWith(".gz")) return raw.buffer;
  const inflated = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(inflated).arrayBuffer();
}

async function start() {
  advance(0.01);
  const total = Object.values(parts).reduce((sum, size) => sum + size, 0);
  const files = {};
  let seen = 0;
  for (const [name, size] of Object.entries(parts)) {
    await script(`files/${name}.js`);
    if (name !== "worker") files[name.replace(/\.gz$/, "")] = await bytes(name);
    advance(0.4 * (seen += size) / total);
  }
  const source = new Blob([LOADED.worker], {type: "text/javascript"});
  worker = new Worker(URL.createObjectURL(source));
  worker.onmessage = ({data}) => heard(data);
  worker.onerror = (event) => fail(event.message, words[language].broken);
  worker.postMessage({files}, Object.values(files));
}

function heard(message) {
  if (message.progress) advance(message.progress);
  if (message.failure) { busy = false; advance(1); fail(message.failure, words[language].broken); }
  if (message.ready) { ready = true; advance(1); tell("ready"); ask(); }
  if (message.answer) { busy = false; show(message.answer); }
}

function ask() {
  if (!current) return;
  if (!ready || busy) { tell("queued", current.name); return; }
  busy = true;
  element("problem").hidden = true;
  tell("reading", earlier ? earlier.name : current.name);
  worker.postMessage({...current, earlier, language});
}

function show(said) {
  document.body.dataset.answers = ++answers;
  if (said.error) {
    tell("ready");
    fail(said.error);
    if (earlier) earlier = null;
    else current = answer ? current : null;
    return;
  }
  answer = said;
  document.body.classList.add("open");
  element("bar").hidden = false;
  element("title").textContent = said.title;
  const notes = earlier ? [words[language].earlier.replace("{0}", earlier.name)] : [];
  element("notes").textContent = [...notes, ...said.warnings].join(" ");
  element("page").hidden = false;
  element("page").srcdoc = said.page;
  tell("done", said.seconds.toFixed(1));
}

async function take(file, as = "report") {
  if (!file) return;
  const given = {name: file.name, data: await file.arrayBuffer()};
  if (as === "earlier") earlier = given;
  else { current = given; earlier = null; }
  ask();
}

function save(content, type, ending, what) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], {type}));
  link.download = `${current.name.replace(/\.[^.]*$/, "")}-${words[language][what]}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

for (const [id, as] of [["file", "report"], ["another", "report"], ["earlier", "earlier"]])
  element(id).addEventListener("change", (event) => {
    take(event.target.files[0], as);
    event.target.value = "";
  });
element("save-page").onclick = () => save(answer.page, "text/html", "html", "page");
element("save-workbook").onclick = () => save(answer.workbook,
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "workbook");
for (const kind of ["dragenter", "dragover", "dragleave", "drop"])
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    document.body.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind === "drop") take(event.dataTransfer.files[0]);
  });
for (const button of document.querySelectorAll("[data-language]"))
  button.onclick = () => {
    language = button.dataset.language;
    speak();
    if (answer) ask();
  };
speak();
start().catch((error) => fail(error.message, words[language].broken));
