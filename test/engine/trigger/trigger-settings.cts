/** Both kinds of events of contacts. */
export const SETTINGS = { event: 'createdOrUpdated', module: 'Contact' };
