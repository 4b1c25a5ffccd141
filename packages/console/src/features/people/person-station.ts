import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { changedFields } from "../../session/three-way.ts";
import { requireUnchanged } from "../../session/unversioned.ts";
import type { Station } from "../../session/wire.ts";

/** What can be set of a user's phone. */
export interface StationForm {
	/** Calls on the line at once. */
	webRtcCallAppearances: string;
	webRtcPersistentEnabled: boolean;
}

/** A user's phone; none before they have used the panel. */
interface Phone {
	station: Station | undefined;
}

/** The phone in the panel of one user; the server makes it when they first use one. */
export class PersonStation extends Edited<Phone, StationForm> {
	constructor(api: Api, userId: string) {
		const read = async (): Promise<Phone> => {
			const path = `/api/v2/stations?webRtcUserId=${encodeURIComponent(userId)}`;
			return { station: (await api.request<{ entities: Station[] }>("GET", path)).entities[0] };
		};
		super({
			formOf,
			problemsOf: () => new Set(),
			read,
			async save(form, base) {
				await requireUnchanged(async () => formOf(await read()), formOf(base));
				const path = `/api/v2/inlay/stations/${base.station?.id}`;
				await api.request("PATCH", path, settingsOf(form, base), { noVersion: "only what was changed" });
				return read();
			},
		});
	}
}

function formOf({ station }: Phone): StationForm {
	const { webRtcCallAppearances = 1, webRtcPersistentEnabled = false } = station ?? {};
	return { webRtcCallAppearances: String(webRtcCallAppearances), webRtcPersistentEnabled };
}

/** What differs, and nothing else. */
function settingsOf(form: StationForm, base: Phone): Partial<Station> {
	const changed = changedFields(formOf(base), form);
	return {
		...(changed.includes("webRtcCallAppearances") ? { webRtcCallAppearances: Number(form.webRtcCallAppearances) } : {}),
		...(changed.includes("webRtcPersistentEnabled") ? { webRtcPersistentEnabled: form.webRtcPersistentEnabled } : {}),
	};
}
