const page = "https://crm.example.com";
function send(type, data) {
	window.parent.postMessage(JSON.stringify({ type, data }), page);
}
window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.User.getAuthToken((token) => {
			send("token", { token }); //! token.posted
		});
	},
};
