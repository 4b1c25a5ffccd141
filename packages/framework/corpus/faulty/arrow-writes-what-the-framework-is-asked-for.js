window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: false } },
	host: null,
	initialSetup: () => {
		this.host = document.referrer; //! this.arrow
	},
	screenPop() {
		if (window.Framework.host) document.title = window.Framework.host;
	},
};
