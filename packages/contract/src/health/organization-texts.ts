/** English sentences of what is found in an organization's data and on its server; every other language has them, too. */
export const organizationTexts = {
	"client.unknown.cause": "“{deployment}” names the OAuth client {id}, which this organization does not have.",
	"client.unknown.beside.cause":
		"The script of “{deployment}” names the OAuth client {id}, which this organization does not have; “{client}” is used in its place.",
	"client.unknown.staged.cause":
		"Version {version} of the script of “{deployment}”, which some groups have first, names the OAuth client {id}, which this organization does not have.",
	"client.unknown.cure": "Write the id of an existing client there.",
	"client.inactive.cause": "“{client}” is disabled, so nobody can sign in to {deployments}.",
	"client.inactive.cure": "Enable the client.",
	"client.unauthorized.cause":
		"“{client}” has not been authorized, so whoever signs in with it may do nothing: {deployments}.",
	"client.unauthorized.scopes.cause":
		"“{client}” has not been authorized for scopes that its agents’ features need: {scopes}.",
	"client.unauthorized.cure": "Authorize it under Applications.",
	"client.wrong.grant.cause": "“{client}” is for programs (client credentials) and signs nobody in to {deployments}.",
	"client.wrong.grant.cure": "Use a client with the grant Code Authorization or Token Implicit Grant.",
	"client.without.redirect.cause": "“{client}” does not allow the panel’s address as a redirect URI.",
	"client.without.redirect.near.cause":
		"“{client}” allows {found}, but the panel is at {wanted}: both must be the same, character by character.",
	"client.without.redirect.cure": "Add {wanted} to the client’s redirect URIs.",
	"client.without.window.cause": "“{client}” cannot sign in in a window of its own.",
	"client.without.scopes.cause": "“{client}” lacks scopes that its agents’ features need: {scopes}.",
	"client.without.scopes.cure": "Add the scopes to the client.",
	"client.scopes.few.cause": "“{client}” lacks scopes of the guide that none of its agents needs yet: {scopes}.",
	"client.scopes.few.cure": "Add the scopes before you give agents those features.",
	"client.scopes.wide.cause": "“{client}” has scopes that the panel does not need: {scopes}.",
	"client.scopes.wide.cure": "Remove them, unless your script calls what they open.",
	"client.lifetime.cause": "Tokens of “{client}” live {seconds} seconds; 300 to 172800 are possible.",
	"client.lifetime.cure": "Set 64800 seconds, as the guide recommends.",
	"client.short.cause": "Tokens of “{client}” live {seconds} seconds, and a working day lasts {needed}.",
	"client.not.ready.cause":
		"Once {deployments} is switched on, its agents cannot sign in with “{client}” as the client is now.",
	"client.not.ready.scopes.cause":
		"Once {deployments} is switched on, “{client}” lacks scopes that its agents’ features need: {scopes}.",
	"client.not.ready.unknown.cause":
		"Once {deployments} is switched on, its agents cannot sign in: it names the OAuth client {id}, which this organization does not have.",
	"client.not.ready.cure": "Mend the client before you activate the deployment.",
	"client.shared.cause": "Several deployments sign in with “{client}”: {deployments}.",
	"client.shared.cure": "Give each deployment a client of its own.",
	"client.unused.cause": "“{client}” is in no deployment and has asked for nothing for {days} days.",
	"client.unused.cure": "Disable or delete it if nobody needs it.",
	"deployment.inactive.cause": "“{deployment}” is switched off, so its panel does not open.",
	"deployment.inactive.bare.cause":
		"“{deployment}” is switched off and has no framework.js. Upload one before it is activated.",
	"deployment.inactive.cure": "Activate it.",
	"deployment.inactive.bare.cure": "Upload a framework.js.",
	"deployment.inactive.unready.cure": "See that its agents can sign in, and then activate it.",
	"deployment.without.script.cause": "“{deployment}” has no framework.js.",
	"deployment.without.script.cure": "Upload one.",
	"deployment.without.origins.cause": "No page may embed “{deployment}”.",
	"deployment.without.origins.cure": "Add the CRM’s address to the pages that may embed it.",
	"deployment.bundled.client.cause":
		"“{deployment}” names no OAuth client; its agents sign in with “{client}”, which comes with the product.",
	"deployment.bundled.client.cure": "Choose a client of its own.",
	"deployment.names.alike.cause": "“{deployment}” and “{other}” are taken for each other.",
	"deployment.names.alike.cure": "Rename one of them.",
	"deployment.limit.cause": "There are {count} private deployments; {most} are allowed.",
	"deployment.limit.cure": "Delete those that nobody uses.",
	"deployment.full.cause": "All {most} private deployments are in use.",
	"script.fault.cause": "framework.js of “{deployment}”, line {line}: {message} ({rule})",
	"script.fault.staged.cause":
		"framework.js of “{deployment}”, version {version}, which some groups have first, line {line}: {message} ({rule})",
	"script.fault.cure": "Correct it and upload the script. Things to look at there: {count}.",
	"script.client.other.cause":
		"“{deployment}” is set to sign in with “{set}”, but its script names “{client}”, which is used.",
	"script.client.other.staged.cause":
		"“{deployment}” is set to sign in with “{set}”, but version {version} of its script, which some groups have first, names “{client}”.",
	"script.client.other.cure": "Write the same client in both places.",
	"script.failing.cause":
		"The script of “{deployment}” has failed ({count, plural, one {just once} other {# times}}), last: {detail}",
	"script.failing.cure": "Correct the script, or go back to an earlier version.",
	"panel.refused.cause":
		"The panel of “{deployment}” was refused ({count, plural, one {just once} other {# times}}), last: {detail}",
	"panel.refused.cure": "Read what the other findings say of this deployment.",
	"panel.page.refused.cause":
		"A page at {origin} may not show the panel of “{deployment}”, and has tried to ({count}).",
	"panel.page.refused.cure": "If that is your CRM, add {origin} to the pages that may embed the deployment.",
	"panel.unverified.cause": "Browsers in which nobody was signed in report of “{deployment}” ({count}): {detail}",
	"panel.unverified.cure": "Ask an agent to open the self-test page.",
	"group.gone.cause":
		"“{deployment}” is for {count, plural, one {a group that no longer exists.} other {# groups that no longer exist.}}",
	"group.gone.cure": "Choose other groups.",
	"group.empty.cause": "“{deployment}” is for {groups}, and nobody is a member.",
	"group.empty.inactive.cause": "“{deployment}” is for {groups}, and all members are inactive.",
	"group.empty.cure": "Add the agents to the group, or choose another group in the deployment.",
	"group.empty.beside.cause": "Nobody is a member of {empty}, for which “{deployment}” is, too.",
	"group.empty.beside.cure": "Add the agents to the group, or take it out of the deployment.",
	"user.without.license.cause":
		"{names}: in a group of “{deployment}”, but without the license that agents need, Communicate or higher ({count}).",
	"user.without.license.cure": "Set the license on the person’s page.",
	"user.without.group.cause":
		"{names}: may use the panel, but in no group of an active deployment, so none opens for them ({count}).",
	"user.without.group.cure": "Add them to a group of the deployment that they are to work with.",
	"user.without.permission.cause":
		"{names}: in a group of “{deployment}”, but without the permission Integration > Custom Embeddable Framework > Agent ({count}).",
	"user.without.permission.cure": "Give them a role that has the permission.",
	"permission.held.by.nobody.cause":
		"Nobody but administrators ({count}) holds the permission Integration > Custom Embeddable Framework > Agent.",
	"permission.held.by.nobody.cure": "Give your agents a role that has it.",
	"user.inactive.cause": "{names}: in a group of “{deployment}”, but inactive ({count}).",
	"user.inactive.cure": "Reactivate them, or remove them from the group.",
	"user.without.queue.cause": "{names}: may use “{deployment}” and go on queue, but are in no queue ({count}).",
	"user.without.queue.cure": "Add them to a queue.",
	"user.without.station.cause": "{names}: may use “{deployment}”, but have no phone ({count}).",
	"user.without.station.cure": "Give them a phone.",
	"queue.without.members.cause":
		"{count, plural, one {One customer waits} other {# customers wait}} in “{queue}”, of which nobody is a member.",
	"queue.without.members.cure": "Add members to the queue.",
	"utilization.closed.call.cause": "Nobody is given any calls: everybody takes 0 of them at a time.",
	"utilization.closed.callback.cause": "Nobody is given any callbacks: everybody takes 0 of them at a time.",
	"utilization.closed.email.cause": "Nobody is given any emails: everybody takes 0 of them at a time.",
	"utilization.closed.message.cause": "Nobody is given any messages: everybody takes 0 of them at a time.",
	"utilization.closed.cure": "Set how many people take at a time, under Routing.",
	"voice.english.cause":
		"Callers who wait in “{queue}” are told how they stand by the server’s voice, which speaks English only; the organization’s language is {language}.",
	"voice.english.consent.cause":
		"Callers are asked whether they may be recorded by the server’s voice, which speaks English only; the organization’s language is {language}: {names}.",
	"voice.english.campaign.cause":
		"Who answers a campaign and meets nobody is told so by the server’s voice, which speaks English only; the organization’s language is {language}: {names}.",
	"voice.english.cure": "Switch it off where callers do not understand English.",
	"mailbox.unreachable.cause": "Mails for {addresses} are not brought: the mailbox at {host} cannot be read: {detail}",
	"mailbox.unreachable.cure":
		"Correct the mailbox’s server, user and password on the address’s page, or open the way to it (--may-call).",
	"mailbox.readonly.cause":
		"The mailbox of {addresses} at {host} may be read and not changed: what was brought stays in it as it is.",
	"mailbox.readonly.cure": "Let its user move and mark mails, or clear it out from time to time.",
	"trunk.not.up.cause": "The trunk {name} is not reached at {host}: {detail}",
	"trunk.not.up.refused.cause": "The trunk {name} does not let us in at {host}: {detail}",
	"trunk.not.up.password.cause": "The trunk {name} is not asked at {host}, as its password can’t be read any more.",
	"trunk.not.up.password.cure": "Enter its password again on the trunk’s page.",
	"trunk.not.up.cure": "Check its address and the firewall; one in your own network has to be named (--may-call).",
	"trunk.not.up.refused.cure":
		"Correct user, password and domain on the trunk’s page, or ask whoever runs the other side.",
	"trunk.keys.clear.cause":
		"The trunk {name} encrypts the sound, but sends its keys so that everybody on the way can read them ({transport}).",
	"trunk.keys.clear.cure": "Choose TLS on the trunk’s page.",
	"trunk.full.cause": "The trunk {name} has refused calls: it had as many as it may have at once ({most}).",
	"trunk.full.cure": "Let more calls run at once on the trunk’s page, or add another trunk.",
	"trunk.none.cause":
		"Nobody outside can be called: no trunk is switched on. {count, plural, one {One person} other {# people}} may call.",
	"trunk.none.cure": "Add a trunk, or switch one on.",
	"server.url.unreachable.cause": "The server does not answer at its public address {url}: {detail}",
	"server.url.unreachable.cure": "Check name, proxy and firewall, or set another address (--public-url).",
	"server.url.other.cause": "Another server answers at the public address {url}.",
	"server.url.insecure.cause": "Browsers reach {url} without TLS and give such pages no microphone.",
	"server.url.insecure.cure": "Put a proxy with a certificate in front, and set an https address.",
	"server.panel.unreachable.cause": "Nobody answers at the panel’s address {url}, so no panel opens: {detail}",
	"server.panel.unreachable.cure": "Check name, proxy and firewall, or set another address (--panel-url).",
	"server.panel.other.cause": "Another server answers at the panel’s address {url}, so no panel opens.",
	"server.certificate.invalid.cause": "Browsers do not accept the certificate of {host}: {detail}",
	"server.certificate.invalid.cure": "Install a valid certificate for this name.",
	"server.certificate.ending.cause": "The certificate of {host} ends in {days, plural, one {a day.} other {# days.}}",
	"server.clock.off.cause": "The server’s clock and the database’s are {seconds} seconds apart.",
	"server.clock.off.cure": "Set both machines’ clocks by the same time server.",
	"server.disk.full.cause": "{free} MB are free where Inlay keeps its data: new calls and recordings are refused.",
	"server.disk.full.cure": "Make room on the disk.",
	"server.disk.low.cause": "{free} MB are free where Inlay keeps its data.",
	"server.database.away.cause": "The database does not answer: {detail}",
	"server.database.away.cure": "Start the database, or correct its address (DATABASE_URL).",
	"server.database.slow.cause": "The database takes {ms} ms for an empty question.",
	"server.database.slow.cure": "Look at the database’s machine and the network to it.",
	"server.backup.unknown.cause": "Whether there is a backup is not known: nobody has told the server.",
	"server.backup.unknown.unreadable.cause":
		"Whether there is a backup is not known: its file cannot be read ({detail}).",
	"server.backup.unknown.cure": "Let your backup write a file after each run, and name it (--backup-stamp).",
	"server.backup.old.cause":
		"{hours, plural, one {The last backup is an hour old.} other {The last backup is # hours old.}}",
	"server.backup.old.cure": "See why the backup does not run.",
	"server.media.unreachable.cause": "A browser on this machine cannot reach the sound at {address}: {detail}",
	"server.media.unreachable.nowhere.cause": "A browser on this machine gets no connection to the sound: {detail}",
	"server.media.unreachable.cure": "Open the UDP port, and announce the right address (--media-port, --media-address).",
	"server.mail.unreachable.cause": "The mail server {host} of {domain} does not answer: {detail}",
	"server.mail.unreachable.cure": "Correct the domain’s mail server, or open the way to it (--may-call).",
	"server.mail.unsigned.cause":
		"What {domain} sends is signed by a key (DKIM) that name servers do not tell, so that it may be taken for spam.",
	"server.mail.unsigned.cure":
		"Enter the TXT record {name} with the text {text} in DNS, or delete the key on the domain’s page.",
	"server.mail.failing.cause":
		"{count, plural, one {One email was} other {# emails were}} not sent within a day, last: {detail}",
	"server.mail.failing.cure": "Look at the settings of the domain or address.",
	"server.recordings.failing.cause":
		"{count, plural, one {A recording} other {# recordings}} could not be written to the end within a day.",
	"server.recordings.failing.cure": "See whether the disk is full or broken; the server’s log names each recording.",
	"server.messages.failing.cause":
		"{count, plural, one {One message was} other {# messages were}} not sent within a day, last: {detail}",
	"server.port.taken.cause": "Port {port} ({purpose}) is taken by another program.",
	"server.port.taken.cure": "End the other program, or choose another port.",
} as const;
