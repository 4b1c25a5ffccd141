const crm = {
	async find(text) {
		const answer = await fetch(`https://crm.example.com/contacts?q=${encodeURIComponent(text)}`);
		return answer.json();
	},
};
window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { searchTargets: ["frameworkContacts"] } },
	contactSearch(searchValue, onSuccess, onFailure) {
		if (!searchValue) return onFailure();
		(async () => {
			onSuccess(await crm.find(searchValue)); //! answer.rejection.unhandled
		})();
	},
};
