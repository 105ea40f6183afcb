/* Say the messages of the programs in the language of the page: by catalogue.js, which pages in English do without. */
(() => {
  const words = window.catalogue || {}, { lang } = document.documentElement;
  const plural = new Intl.PluralRules(lang || "en");
  const filled = (text, values) => text.replace(/%\((\w+)\)s|%%/g, (whole, name) => (name ? values[name] : "%"));
  window.gettext = (message, values = {}) => filled(words[message] || message, values);
  window.ngettext = (one, many, number, values = {}) =>
    filled(words[one]?.[plural.select(number)] || (number === 1 ? one : many), { num: number, ...values });
  /* The language as Intl takes it: dates as on the pages, which write English ones with the day first, and digits as there. */
  window.locale = /^(en\b|$)/.test(lang) ? "en-GB" : `${lang}-u-nu-latn`;
  window.listed = (texts, type = "conjunction") => new Intl.ListFormat(window.locale, { type }).format(texts);
})();
