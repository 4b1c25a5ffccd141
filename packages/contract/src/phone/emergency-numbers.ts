/** Reach help from most telephone networks, whatever the country's own number is (ETSI TS 122 101, 10.1.1). */
const everywhere = ["112", "911"];

/** Further numbers of the police, fire brigade and ambulance, by ISO 3166 country. */
const ofCountry: Record<string, readonly string[]> = {
	AR: ["100", "101", "107"],
	AT: ["122", "133", "144"],
	AU: ["000", "106"],
	BE: ["100", "101"],
	BR: ["190", "192", "193"],
	CH: ["117", "118", "144"],
	CN: ["110", "119", "120", "122"],
	DE: ["110"],
	ES: ["061", "062", "080", "085", "088", "091", "092"],
	FR: ["15", "17", "18", "114"],
	GB: ["999"],
	HK: ["999"],
	IE: ["999"],
	IN: ["100", "101", "102", "108"],
	IT: ["113", "115", "118"],
	JP: ["110", "118", "119"],
	KR: ["119"],
	MY: ["999"],
	NO: ["110", "113"],
	NZ: ["111"],
	PL: ["997", "998", "999"],
	SA: ["997", "998", "999"],
	SG: ["995", "999"],
	TR: ["110", "155", "156"],
	UA: ["101", "102", "103"],
	ZA: ["10111", "10177"],
};

/**
 * Whether these digits call for help. Nobody is handed over to such a number: those who answer would be shown the contact
 * center's number and place for somebody who is elsewhere.
 *
 * @param dial as `ReadNumber.dial`
 * @param country ISO 3166 code of the organization
 */
export function isEmergencyNumber(dial: string, country: string): boolean {
	return everywhere.includes(dial) || (ofCountry[country]?.includes(dial) ?? false);
}
