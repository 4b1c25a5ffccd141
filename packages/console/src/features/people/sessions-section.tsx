import { Badge, Button, locale } from "@inlay/ui";
import { useState } from "preact/hooks";
import { inDivision, needs } from "../../session/needs.ts";
import type { User, UserSession } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Load, Section } from "../../shell/parts.tsx";
import { Lack, useLack } from "../../shell/rights.tsx";
import { CallUnderWay } from "./call-under-way.tsx";
import type { PersonModel } from "./person-model.ts";
import type { PersonSessions } from "./person-sessions.ts";
import { t } from "./strings.ts";

/** Where one is signed in oneself: seen and ended without any permission. */
export function OwnSessionsSection({ model }: { model: PersonSessions }) {
	return (
		<Section title={t("sessions")} hint={t("ownSessionsHint")}>
			<Failure error={model.ending.error.value} />
			<Load from={model.open}>
				{(open) => (
					<>
						<Rows model={model} open={open} />
						{open.some(({ current }) => !current) && (
							<div class="form-actions">
								<Button
									busy={model.ending.busy.value}
									onClick={async () => {
										if (await model.endOthers()) tell(t("endedOthers"));
									}}
								>
									{t("endOthers")}
								</Button>
							</div>
						)}
					</>
				)}
			</Load>
		</Section>
	);
}

/** Where one user is signed in, and ending that. */
export function SessionsSection({ person, user }: { person: PersonModel; user: User }) {
	const { sessions: model, isSelf } = person;
	const lack = useLack(inDivision(needs.endSessions, user.division?.id));
	const [asking, setAsking] = useState(false);
	if (lack) {
		return (
			<Section title={t("sessions")}>
				<Lack lack={lack} what="Seeing" />
			</Section>
		);
	}
	return (
		<Section title={t("sessions")} hint={t("sessionsHint")}>
			<Failure error={model.ending.error.value} />
			<Load from={model.open}>
				{(open) =>
					open.length === 0 ? (
						<p class="ui-muted">{t("noSession")}</p>
					) : (
						<>
							<Rows model={model} open={open} />
							<div class="form-actions">
								<Button onClick={() => setAsking(true)}>{t("endAll")}</Button>
							</div>
						</>
					)
				}
			</Load>
			{asking && (
				<Confirm
					title={t("endAllTitle", { name: user.name })}
					text={t(isSelf ? "endAllSelfText" : "endAllText", { name: user.name })}
					action={t("endAll")}
					task={model.ending}
					onClose={() => setAsking(false)}
					onConfirm={async () => {
						if (!(await model.endAll())) return;
						setAsking(false);
						tell(t("endedAll", { name: user.name }));
					}}
				>
					<CallUnderWay model={person} name={user.name} />
				</Confirm>
			)}
		</Section>
	);
}

function Rows({ model, open }: { model: PersonSessions; open: readonly UserSession[] }) {
	return (
		<ul class="rows">
			{open.map((session) => (
				<Row key={session.id} model={model} session={session} />
			))}
		</ul>
	);
}

function Row({ model, session }: { model: PersonSessions; session: UserSession }) {
	const { client, current } = session;
	return (
		<li>
			<div class="row-main">
				<strong>{client.name}</strong>
				<span class="ui-muted">
					{t("sessionFacts", {
						since: time(session.since),
						used: time(session.lastUsed),
						until: time(session.expires),
					})}
				</span>
			</div>
			{current ? (
				<Badge tone="info">{t("thisSession")}</Badge>
			) : (
				<Button
					size="small"
					aria-label={t("endNamed", { client: client.name, since: time(session.since) })}
					busy={model.ending.busy.value}
					onClick={async () => {
						if (await model.end(session.id)) tell(t("ended", { client: client.name }));
					}}
				>
					{t("end")}
				</Button>
			)}
		</li>
	);
}

function time(iso: string): string {
	return new Date(iso).toLocaleString(locale.value, { dateStyle: "medium", timeStyle: "short" });
}
