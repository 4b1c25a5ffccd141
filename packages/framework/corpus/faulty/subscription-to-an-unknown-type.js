window.Framework = {
	config: { name: "Acme", clientIds: {} },
	initialSetup() {
		window.PureCloud.subscribe([
			{ type: "Conversation", callback: (category) => console.log(category) }, //! subscription.invalid
		]);
	},
};
