/* Say the messages of the programs in the language of the page: by catalogue.js, which pages in English do without. */
(() => {
  const words = window.catalogue || {};
  const plural = new Intl.PluralRules(document.documentElement.lang || "en");
  const filled = (text, values) => text.replace(/%\((\w+)\)s|%%/g, (whole, name) => (name ? values[name] : "%"));
  window.gettext = (message, values = {}) => filled(words[message] || message, values);
  window.ngettext = (one, many, number, values = {}) =>
    filled(words[one]?.[plural.select(number)] || (number === 1 ? one : many), { num: number, ...values });
})();
