function Framework() { //! framework.function
	return {
		config: {
			name: "crm",
			clientIds: { "mypurecloud.com": "11111111-2222-3333-4444-555555555555" },
			customInteractionAttributes: ["caseId"],
			settings: {}
		},
		screenPop: function (searchString, interaction) {
			window.parent.postMessage(JSON.stringify({ type: "screenPop", data: searchString }), "https://crm.example.com");
		}
	};
}
