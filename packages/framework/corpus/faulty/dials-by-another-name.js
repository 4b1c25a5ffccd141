// Ticket bridge with a factory and mixins
const log = (...rest) => console.debug("[tickets]", ...rest);
const withPop = (target) => Object.assign(target, { screenPop(search, i) { log("pop", i.id); window.open(makeUrl(search, i)); } });
const withDial = (target) => Object.assign(target, { dial(number) { window.PureCloud.clickToCall({ number, type: "call", autoPlace: true, queueId: target.queueId }); } }); //! action.unknown
function makeUrl(search, { attributes, displayAddress }) {
  const q = new URLSearchParams({ q: attributes?.ticket || search || displayAddress || "" });
  return `https://tickets.example/find?${q}`;
}
const base = { queueId: undefined, config: { name: "tickets", clientIds: { "usw2.pure.cloud": "t" }, customInteractionAttributes: ["ticket"], settings: {} }, initialSetup() { window.dialTicket = (n) => base.dial(n); } };
window.Framework = withDial(withPop(base));
