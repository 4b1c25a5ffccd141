window.Framework = {
	config: { name: "isolated", clientIds: { "mypurecloud.com": "0a0a0a0a-0000-4000-8000-000000000001" }, settings: { isolation: true } },
	screenPop(searchString) {
		window.open(`https://crm.example.com/find?q=${encodeURIComponent(searchString)}`); //! isolation.lack
	},
};
