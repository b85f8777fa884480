// "Are you sure?": the small dialog before a press counts. Escape and the no button both mean no.
import {el, fresh_id} from './dom.js';
import {plain, text_of} from './mrkdwn.js';

// `asks` is Block Kit's confirm object. Gives true when the person said yes.
export function confirmed(asks, view) {
  return new Promise((done) => {
    const [title, body] = [fresh_id('confirm'), fresh_id('confirm')];
    const looks = asks.style === 'danger' ? 'button danger' : 'button primary';
    const dialog = el('dialog', {class: 'confirm', role: 'alertdialog', 'aria-labelledby': title, 'aria-describedby': body},
      el('h2', {id: title}, asks.title ? plain(asks.title) : 'Are you sure?'),
      el('div', {id: body, class: 'rich'}, text_of(asks.text, view)),
      el('div', {class: 'row end'},
        el('button', {type: 'button', class: 'button', autofocus: true, on: {click: () => dialog.close('no')}}, asks.deny ? plain(asks.deny) : 'No'),
        el('button', {type: 'button', class: looks, on: {click: () => dialog.close('yes')}}, asks.confirm ? plain(asks.confirm) : 'Yes')));
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
