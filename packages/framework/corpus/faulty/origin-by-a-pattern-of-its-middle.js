const ours = /acme\.example/;
window.addEventListener("message", (event) => {
	if (!ours.test(event.origin)) return; //! message.origin.weak
	window.PureCloud.clickToDial(JSON.parse(event.data));
});
window.Framework = { config: { name: "Acme", clientIds: {} } };
