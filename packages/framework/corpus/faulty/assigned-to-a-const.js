const Framework = { //! framework.lexical
	config: { name: "Acme", clientIds: { "mypurecloud.ie": "a1" } },
	initialSetup() {
		window.PureCloud.User.setView({ type: "main", view: { name: "callLog" } });
	},
};
