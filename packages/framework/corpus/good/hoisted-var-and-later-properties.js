Framework = {};
Framework.config = config();
Framework.screenPop = pop;
Framework.contactSearch = search;

function config() {
	return {
		name: "Acme",
		clientIds: { "mypurecloud.com.au": "a1" },
		settings: { searchTargets: ["people", "frameworkContacts"] },
	};
}

function pop(searchString) {
	window.open(base + "?q=" + searchString);
}

function search(searchValue, onSuccess, onFailure) {
	var request = new XMLHttpRequest();
	request.open("GET", base + "?contacts=" + encodeURIComponent(searchValue));
	request.onload = function () {
		onSuccess(JSON.parse(request.responseText));
	};
	request.onerror = function () {
		onFailure([]);
	};
	request.send();
}

var base = "https://crm.example.com/";
