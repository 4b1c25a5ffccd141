import { highestLicense, type LicenseId, licenses } from "@inlay/contract/licenses";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";

/** What one user is licensed for. */
export class PersonLicense {
	/** The highest; undefined where there is none. */
	readonly own: Loaded<LicenseId | undefined>;
	readonly saving = new Task();
	readonly #api: Api;
	readonly #userId: string;

	constructor(api: Api, userId: string) {
		this.#api = api;
		this.#userId = userId;
		this.own = new Loaded(async () => {
			const path = `/api/v2/license/users/${encodeURIComponent(userId)}`;
			const held = await api.request<{ licenses: Array<{ id: string }> }>("GET", path);
			return highestLicense(held.licenses.map(({ id }) => id));
		});
	}

	/** This one instead of whatever there is; none where it is undefined. */
	async set(wanted: LicenseId | undefined): Promise<boolean> {
		const userIds = [this.#userId];
		const assignments = licenses.map(({ id }) =>
			id === wanted ? { licenseId: id, userIdsAdd: userIds } : { licenseId: id, userIdsRemove: userIds },
		);
		const done = await this.saving.run(() =>
			this.#api.request("POST", "/api/v2/license/organization", { assignments }),
		);
		await this.own.load();
		return done;
	}
}
