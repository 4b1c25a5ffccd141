import { highestLicense, type LicenseId, licensedForPanel, licenses } from "@inlay/contract/licenses";
import { computed } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { requireUnchanged } from "../../session/unversioned.ts";

/** A license, or that there shall be none. */
export type LicenseChoice = LicenseId | "";

/** The highest license that somebody has. */
export interface LicenseForm {
	license: LicenseChoice;
}

/** What one user is licensed for, and what somebody chooses for them until it is saved. */
export class PersonLicense extends Edited<LicenseForm, LicenseForm> {
	/** Whether a save would take the panel from somebody whose license lets them have it. */
	readonly closesPanel = computed(() => {
		const [own, wanted] = [this.details.base.value?.license, this.details.form.value?.license];
		return own !== undefined && wanted !== undefined && opens(own) && !opens(wanted);
	});

	constructor(api: Api, userId: string) {
		const read = async (): Promise<LicenseForm> => {
			const path = `/api/v2/license/users/${encodeURIComponent(userId)}`;
			const held = await api.request<{ licenses: Array<{ id: string }> }>("GET", path);
			return { license: highestLicense(held.licenses.map(({ id }) => id)) ?? "" };
		};
		super({
			formOf: ({ license }) => ({ license }),
			problemsOf: () => new Set(),
			read,
			async save({ license }, base) {
				await requireUnchanged(read, base);
				await api.request("POST", "/api/v2/license/organization", { assignments: assigned(userId, license) });
				return read();
			},
		});
	}
}

/** The wanted one instead of whatever there is. */
function assigned(userId: string, wanted: LicenseChoice) {
	const ids = [userId];
	return licenses.map(({ id }) =>
		id === wanted ? { licenseId: id, userIdsAdd: ids } : { licenseId: id, userIdsRemove: ids },
	);
}

const opens = (choice: LicenseChoice) => choice !== "" && licensedForPanel([choice]);
