const page = "https://crm.example.com";
window.addEventListener("message", function (event) {
	if (event.origin === page) return; //! message.origin.inverted
	window.PureCloud.clickToDial(JSON.parse(event.data));
});
window.Framework = { config: { name: "Acme", clientIds: {} } };
