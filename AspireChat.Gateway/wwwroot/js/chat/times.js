const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const clockTime = at => clock.format(at);
export const dayName = at => day.format(at);
export const exactTime = at => exact.format(at);
export const isSameDay = (a, b) => a.toDateString() === b.toDateString();
