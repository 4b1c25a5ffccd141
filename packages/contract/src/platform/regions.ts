/** Domains of the platform's regions (framework-contract 1.3): `api.<region>`, `login.<region>`, keys of `clientIds`. */
export const regions: readonly string[] = [
	"mypurecloud.com",
	"usw2.pure.cloud",
	"use2.us-gov-pure.cloud",
	"cac1.pure.cloud",
	"sae1.pure.cloud",
	"mypurecloud.ie",
	"mypurecloud.de",
	"euw2.pure.cloud",
	"euc2.pure.cloud",
	"mec1.pure.cloud",
	"aps1.pure.cloud",
	"apse1.pure.cloud",
	"apne2.pure.cloud",
	"apne3.pure.cloud",
	"mypurecloud.jp",
	"mypurecloud.com.au",
];
