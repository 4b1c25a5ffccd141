window.onmessage = function (event) { //! message.origin.unchecked
	console.log("message from " + event.origin);
	var message = JSON.parse(event.data);
	if (message.type === "setView") window.PureCloud.User.setView(message.data);
};
window.Framework = { config: { name: "Acme", clientIds: {} }, initialSetup: function () {} };
