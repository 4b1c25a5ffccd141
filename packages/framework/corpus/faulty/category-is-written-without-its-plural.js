window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.subscribe([
			{ type: "UserAction", category: ["status"], callback: (category, data) => console.log(category, data) }, //! subscription.invalid
		]);
	},
};
