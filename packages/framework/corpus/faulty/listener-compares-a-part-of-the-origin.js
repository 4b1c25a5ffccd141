window.addEventListener("message", (event) => {
	if (event.origin.indexOf("crm.example.com") === -1) return; //! message.origin.weak
	const { type, data } = JSON.parse(event.data);
	if (type === "updateUserStatus") window.PureCloud.User.updateStatus(data);
});
window.Framework = { config: { name: "Acme", clientIds: {} }, initialSetup() {} };
