const isTest = location.hostname.endsWith(".test.example.com");
const ids = isTest ? { "mypurecloud.de": "t1" } : { "mypurecloud.de": "p1" };
window.Framework = {
	config: {
		name: isTest ? "Acme test" : "Acme",
		clientIds: ids,
		settings: {
			...(isTest && { enableServerSideLogging: true }),
			enableConfigurableCallerId: true,
			searchTargets: ["People", "queue", "frameworkcontacts"],
			defaultOutboundSMSCountryCode: "DE",
			sso: { provider: "okta", orgName: "acme" },
			display: { interactionDetails: { call: ["call.Ani", "participant.CaseNumber"] } },
		},
		getUserLanguage(callback) {
			callback(navigator.language);
		},
	},
	contactSearch: async (searchValue, onSuccess, onFailure) => {
		try {
			const answer = await fetch(`https://crm.example.com/contacts?q=${searchValue}`);
			answer.ok ? onSuccess(await answer.json()) : onFailure([]);
		} catch {
			onFailure([]);
		}
	},
};
