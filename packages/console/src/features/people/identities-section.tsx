import { Button, locale } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { User, UserIdentity } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import type { PersonIdentities } from "./person-identities.ts";
import { t } from "./strings.ts";

/** By what identity providers know one user: nothing where none does, or one may not see it. */
export function IdentitiesSection({ model, user }: { model: PersonIdentities; user: User }) {
	const lack = useLack(needs.viewProviders);
	const [asking, setAsking] = useState<UserIdentity | undefined>(undefined);
	if (lack || model.known.value?.length === 0) return null;
	return (
		<Section title={t("identities")} hint={t("identitiesHint")}>
			<Load from={model.known}>
				{(known) => (
					<ul class="rows">
						{known.map((identity) => (
							<Row key={identity.providerId} identity={identity} onUnlink={() => setAsking(identity)} />
						))}
					</ul>
				)}
			</Load>
			{asking && (
				<Confirm
					title={t("unlinkTitle", { name: user.name, provider: nameOf(asking) })}
					text={t("unlinkText", { name: user.name, provider: nameOf(asking), address: user.email ?? "" })}
					action={t("unlink")}
					task={model.unlinking}
					onClose={() => setAsking(undefined)}
					onConfirm={async () => {
						if (!(await model.unlink(asking))) return;
						setAsking(undefined);
						tell(t("unlinked", { name: user.name, provider: nameOf(asking) }));
					}}
				/>
			)}
		</Section>
	);
}

function Row({ identity, onUnlink }: { identity: UserIdentity; onUnlink: () => void }) {
	const { address, subject, dateCreated, dateLastUsed } = identity;
	const provider = nameOf(identity);
	const lack = useLack(needs.editProvider);
	return (
		<li>
			<div class="row-main">
				<strong>{provider}</strong>
				<span>{t("identityIs", { address: address || subject, subject })}</span>
				<span class="ui-muted">{t("identityFacts", { since: time(dateCreated), used: time(dateLastUsed) })}</span>
			</div>
			{!lack && (
				<Button size="small" aria-label={t("unlinkNamed", { provider })} onClick={onUnlink}>
					{t("unlink")}
				</Button>
			)}
		</li>
	);
}

function nameOf({ providerName, providerId }: UserIdentity): string {
	return providerName ?? providerId;
}

function time(iso: string): string {
	return new Date(iso).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
}
