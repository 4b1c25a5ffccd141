window.addEventListener("message", (event) => {
	const { origin } = event;
	if (!origin.match(/^https:\/\/crm\.acme\.example/)) return; //! message.origin.weak
	window.PureCloud.clickToDial(JSON.parse(event.data));
});
window.Framework = { config: { name: "Acme", clientIds: {} } };
