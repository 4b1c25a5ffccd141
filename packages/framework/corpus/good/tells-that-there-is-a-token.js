var page = "https://crm.example";
function post(type, data) {
	window.parent.postMessage(JSON.stringify({ type: type, data: data }), page);
}
window.Framework = {
	config: { name: "told", clientIds: { "mypurecloud.com": "11111111-1111-4111-8111-111111111111" }, settings: {} },
	initialSetup: function () {
		PureCloud.User.getAuthToken(function (token) {
			post("signedIn", !!token);
			post("token", typeof token + (token ? " of " + token.length : ""));
			post("state", token && token !== "" ? "in" : "out");
		});
	},
};
