import { leaveAddress, readAddress, showRoomInAddress } from './address.js';
import { offerAppearance } from './appearance.js';
import { ChatScreen } from './chat-screen.js';
import { Door } from './door.js';
import { recall, remember } from './memory.js';
import { nameProblem, roomProblem, tidyName, tidyRoom } from './names.js';

const firstRoom = 'lobby';

offerAppearance();

const chat = new ChatScreen({
  onLeave: () => {
    leaveAddress();
    door.open({ name: recall('name'), room: firstRoom });
  },
  onRefused: (room, name, { code, message }) => door.open({
    name,
    room,
    problem: { field: code === 'bad_name' ? 'name' : 'room', text: message },
  }),
});

const door = new Door((room, name) => {
  remember('name', name);
  enter(room, name);
});

function enter(room, name) {
  door.close();
  showRoomInAddress(room);
  chat.enter(room, name);
}

// An address that names a room leads right into it, if it is known who comes; a name in it is for this window alone.
const asked = readAddress();
const room = tidyRoom(asked.room);
const name = tidyName(asked.name || recall('name'));
if (room && !roomProblem(room) && !nameProblem(name)) enter(room, name);
else door.open({ name, room: room || firstRoom });
