const crm = "https://crm.example.com";
window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { searchTargets: ["people", "frameworkContacts"] } },
	contactSearch(searchValue, onSuccess, onFailure) {
		fetch(`${crm}/contacts?q=${encodeURIComponent(searchValue)}`)
			.then((answer) => answer.json())
			.then((contacts) => {
				if (contacts.length > 0) { //! contacts.unanswered
					onSuccess(contacts.map(({ name, phone }) => ({ type: "external", name, phone: [{ number: phone, label: "" }] })));
				}
			})
			.catch(() => onFailure([]));
	},
};
