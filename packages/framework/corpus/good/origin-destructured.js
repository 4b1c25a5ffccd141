window.addEventListener("message", ({ origin, data }) => {
	if (origin !== "https://crm.example.com") return;
	if (data === "available") window.PureCloud.User.updateStatus({ id: "Available" });
});
window.addEventListener("message", (event) => {
	const { origin, source } = event;
	if (origin === "https://crm.example.com" && source === window.parent) document.body.dataset.heard = "yes";
});
window.Framework = { config: { name: "Acme", clientIds: {} }, initialSetup() {} };
