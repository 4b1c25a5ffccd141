const hosts = new Set(["https://crm.example.com"]);
function isTrusted(event) {
	return hosts.has(event.origin) && event.source === window.parent;
}
function onMessage(event) {
	if (!isTrusted(event)) return;
	const { type, data } = JSON.parse(event.data);
	const actions = { dial: window.PureCloud.clickToDial, status: window.PureCloud.User.updateStatus };
	if (Object.hasOwn(actions, type)) actions[type](data);
}
window.addEventListener("message", onMessage, false);
window.Framework = { config: { name: "Acme", clientIds: {} }, initialSetup() {} };
