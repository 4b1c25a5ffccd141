const ours = /^https:\/\/(?:crm|sales)\.acme\.example$/;
const either = /^https:\/\/a\.example$|^https:\/\/b\.example$/;
const grouped = /(^https:\/\/c\.example$|^https:\/\/d\.example$)/;
const pages = new Set(["https://crm.acme.example"]);
window.addEventListener("message", (event) => {
	if (!ours.test(event.origin) && !either.test(event.origin) && !grouped.test(event.origin) && !/\.acme\.example$/.test(event.origin)) return;
	window.PureCloud.clickToDial(JSON.parse(event.data));
});
window.addEventListener("message", ({ origin, data }) => {
	if (origin !== "https://crm.acme.example") {
		console.warn(`A message of ${origin} is ignored.`);
		return;
	}
	window.PureCloud.User.updateStatus({ id: data });
});
window.addEventListener("message", (event) => {
	if (event.origin === window.location.origin) return;
	if (pages.has(event.origin)) window.PureCloud.User.updateStatus({ id: event.data });
});
window.addEventListener("message", (event) => {
	if (event.origin === "https://crm.acme.example") window.PureCloud.User.updateStatus({ id: event.data });
});
window.Framework = { config: { name: "Acme", clientIds: {} } };
