window.addEventListener("message", function (event) {
	if (event.origin !== "https://crm.example.com") { //! message.origin.inverted
		window.PureCloud.clickToDial(JSON.parse(event.data));
	}
});
window.Framework = { config: { name: "Acme", clientIds: {} } };
