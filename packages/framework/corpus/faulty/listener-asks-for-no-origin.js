window.addEventListener("message", function (event) { //! message.origin.unchecked
	var message = JSON.parse(event.data);
	if (message.type === "clickToDial") window.PureCloud.clickToDial(message.data);
});
window.Framework = { config: { name: "Acme", clientIds: {} }, initialSetup: function () {} };
