import '@hotwired/turbo';
import './board';
import './copy';
import './file_drop';
import './keep';
import './menu';
import './tick_list';
