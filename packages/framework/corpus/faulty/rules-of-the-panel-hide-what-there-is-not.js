window.Framework = {
	config: { name: "rules", clientIds: { "mypurecloud.com": "0a0a0a0a-0000-4000-8000-000000000001" }, settings: {} },
	async initialSetup() {
		await window.PureCloud.Inlay.request("arrangeUi", {
			ui: {
				hide: { menu: ["callsHistory"] }, //! inlay.request.invalid
			},
		});
	},
};
