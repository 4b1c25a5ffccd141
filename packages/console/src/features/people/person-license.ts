import { highestLicense, type LicenseId, licensedForPanel, licenses } from "@inlay/contract/licenses";
import { computed, signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";

/** A license, or that there shall be none. */
export type LicenseChoice = LicenseId | "";

/** What one user is licensed for, and what somebody chooses for them until it is saved. */
export class PersonLicense {
	/** The highest. */
	readonly own: Loaded<LicenseChoice>;
	readonly saving = new Task();
	/** What is chosen: what there is, until somebody chooses something else. */
	readonly chosen = computed(() => this.#draft.value ?? this.own.value ?? "");
	/** What a save would change. */
	readonly changed = computed(() => {
		const own = this.own.value;
		return own === undefined || own === this.chosen.value ? [] : [this.chosen.value];
	});
	/** Whether a save would take the panel from somebody whose license lets them have it. */
	readonly closesPanel = computed(
		() => this.changed.value.length > 0 && opens(this.own.value ?? "") && !opens(this.chosen.value),
	);
	readonly #draft = signal<LicenseChoice | undefined>(undefined);
	readonly #api: Api;
	readonly #userId: string;

	constructor(api: Api, userId: string) {
		this.#api = api;
		this.#userId = userId;
		this.own = new Loaded(async () => {
			const path = `/api/v2/license/users/${encodeURIComponent(userId)}`;
			const held = await api.request<{ licenses: Array<{ id: string }> }>("GET", path);
			return highestLicense(held.licenses.map(({ id }) => id)) ?? "";
		});
	}

	/** Nothing goes to the server yet: a select passes over others on the way to the one that is meant. */
	choose(wanted: LicenseChoice): void {
		this.#draft.value = wanted;
	}

	/** The chosen one instead of whatever there is. */
	async save(): Promise<boolean> {
		const wanted = this.chosen.peek();
		const userIds = [this.#userId];
		const assignments = licenses.map(({ id }) =>
			id === wanted ? { licenseId: id, userIdsAdd: userIds } : { licenseId: id, userIdsRemove: userIds },
		);
		const done = await this.saving.run(() =>
			this.#api.request("POST", "/api/v2/license/organization", { assignments }),
		);
		await this.own.load();
		if (done && this.#draft.peek() === wanted) this.#draft.value = undefined;
		return done;
	}
}

const opens = (choice: LicenseChoice) => choice !== "" && licensedForPanel([choice]);
