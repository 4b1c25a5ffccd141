window.Framework = {
	config: { name: "Acme", clientIds: {} },
	screenPop: "popRecord", //! callback.not.function
};
function popRecord(searchString) {
	window.open("https://crm.example.com/" + searchString);
}
