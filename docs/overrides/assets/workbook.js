/* Tables as an XLSX workbook (ECMA-376): a ZIP, not compressed, of a few XML files. */

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const DAY = /^\d{4}-\d\d-\d\d$/;

/** A cell: numbers as numbers, the days of a column of days as days counted from 30 December 1899, all else as text. */
const cell = (value, isDay) => {
  if (value === "" || value === null || value === undefined) return "<c/>";
  if (typeof value === "number") return `<c><v>${value}</v></c>`;
  if (isDay && DAY.test(value) && value > "1900-03-01") return `<c s="1"><v>${Date.parse(value) / 86_400_000 + 25_569}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
};

const sheet = ({ header, rows, days = [], widths }) => {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("");
  const isDay = header.map((name) => days.includes(name));
  const lines = [header, ...rows].map((row, line) => `<row>${row.map((value, at) => cell(value, line > 0 && isDay[at])).join("")}</row>`);
  const view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  return `${XML}<worksheet xmlns="${MAIN}">${view}<cols>${columns}</cols><sheetData>${lines.join("")}</sheetData></worksheet>`;
};

const parts = (sheets) => {
  const over = sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`).join("");
  const listed = sheets.map(({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join("");
  const related = sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join("");
  const styles = `<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/>`;
  return {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${over}</Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships">${related}${styles}</Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    ...Object.fromEntries(sheets.map((one, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet(one)])),
  };
};

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});
const checksum = (bytes) => ~bytes.reduce((sum, byte) => (sum >>> 8) ^ TABLE[(sum ^ byte) & 255], -1) >>> 0;

/** Numbers of two or four bytes, the lowest first: [length, number] each. */
const record = (...fields) => {
  const bytes = new Uint8Array(fields.reduce((sum, [length]) => sum + length, 0)), view = new DataView(bytes.buffer);
  let at = 0;
  for (const [length, number] of fields) {
    if (length === 2) view.setUint16(at, number, true);
    else view.setUint32(at, number, true);
    at += length;
  }
  return bytes;
};

const EPOCH = 33; // 1 January 1980, as ZIP counts days: a file made in a page has no date of its own

/** A ZIP of texts by path (APPNOTE 4.3), stored as they are. */
const zip = (files) => {
  const encoder = new TextEncoder(), pieces = [], listed = [];
  let place = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = encoder.encode(path), bytes = encoder.encode(text);
    const about = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, EPOCH], [4, checksum(bytes)], [4, bytes.length], [4, bytes.length], [2, name.length], [2, 0]];
    listed.push(record([4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, place]), name);
    pieces.push(record([4, 0x04034b50], ...about), name, bytes);
    place += 30 + name.length + bytes.length;
  }
  const count = listed.length / 2, length = listed.reduce((sum, piece) => sum + piece.length, 0);
  const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, length], [4, place], [2, 0]);
  return new Blob([...pieces, ...listed, end], { type: `${TYPE}.sheet` });
};

/** A workbook of sheets: {name, header, rows, days: names of columns of days, widths}. */
export const workbook = (sheets) => zip(parts(sheets));
